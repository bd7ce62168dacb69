using System.Numerics;
using OdmNode.Geometry.Linear;

namespace OdmNode.Testing.Landscapes;

/// <summary>Lays out a village edge: levelled zones, a road, buildings, trees, parked cars and survey marks.</summary>
internal sealed class SiteBuilder
{
    private readonly double halfX;
    private readonly double halfY;
    private readonly double relief;
    private readonly double markRadius;
    private readonly int seed;
    private readonly List<Solid> solids = [];
    private readonly List<(Vector3D, Vector3D)> roofEdges = [];
    private readonly List<(double X, double Y, double Radius)> taken = [];
    private Terrain terrain = null!;
    private SiteLayout layout = null!;

    /// <param name="halfX">Half of the extent in east that objects are placed in, metres.</param>
    /// <param name="halfY">Half of the extent in north, metres.</param>
    /// <param name="relief">Metres.</param>
    /// <param name="markRadius">Of the white disc of a survey mark, metres.</param>
    /// <param name="seed">Selects everything.</param>
    public SiteBuilder(double halfX, double halfY, double relief, double markRadius, int seed)
    {
        this.halfX = halfX;
        this.halfY = halfY;
        this.relief = relief;
        this.markRadius = markRadius;
        this.seed = seed;
    }

    public Site Build(int buildings, int trees)
    {
        uint hillSeed = ValueNoise.Mix((uint)seed + 77);
        var hills = new Terrain(relief, hillSeed, []);
        layout = Layout(hills);
        terrain = new Terrain(relief, hillSeed, [.. layout.Zones]);
        foreach ((double x, double y) in layout.Marks)
        {
            taken.Add((x, y, 3 * markRadius));
        }

        PlaceBuildings(buildings, new SeededRandom(seed, 1));
        PlaceCars(new SeededRandom(seed, 2));
        PlaceTrees(trees, new SeededRandom(seed, 3));
        var paint = new GroundPaint(layout, markRadius, ValueNoise.Mix((uint)seed + 78));
        var landscape = new Landscape(terrain, paint, solids, new Vector3D(0.52, -0.45, 0.95));
        return new Site(
            landscape, [.. layout.Marks.Select(m => new Vector3D(m.X, m.Y, terrain.HeightAt(m.X, m.Y)))], roofEdges, [.. layout.Zones]);
    }

    private SiteLayout Layout(Terrain hills)
    {
        double falloff = Math.Min(14, 0.2 * Math.Min(halfX, halfY));
        PlaneZone Zone(double x, double y, double slopeX, double slopeY) => new(
            x * halfX, y * halfY, Math.Min(40, 0.25 * halfX), Math.Min(40, 0.25 * halfY),
            hills.HeightAt(x * halfX, y * halfY), slopeX, slopeY, falloff);
        return new SiteLayout
        {
            CarPark = Zone(-0.55, -0.55, 0, 0),
            Field = Zone(0.55, -0.55, 0, 0),
            Lawn = Zone(-0.55, 0.55, 0.05, -0.06),
            RoadY = 0,
            PathX = 0.12 * halfX,
            Marks =
            [
                (-0.74 * halfX, 0.72 * halfY), (0.74 * halfX, 0.70 * halfY), (0.72 * halfX, -0.68 * halfY),
                (-0.25 * halfX, -0.72 * halfY), (0.05 * halfX, -0.22 * halfY),
            ],
        };
    }

    private void PlaceBuildings(int count, SeededRandom random)
    {
        int placed = 0;
        // On a small site only small houses find room.
        double size = Math.Clamp(Math.Min(halfX, halfY) / 40, 0.5, 1);
        for (int attempt = 0; attempt < 400 * count && placed < count; attempt++)
        {
            double halfLength = size * random.Between(4.5, 10);
            double halfWidth = size * random.Between(3.5, 6);
            double x = random.Between(-0.9, 0.9) * halfX;
            double y = random.Between(-0.9, 0.9) * halfY;
            double angle = random.Between(0, Math.PI);
            double wall = size * random.Between(3, 9);
            double rise = random.Between(0.5, 0.9) * halfWidth;
            uint skin = random.NextSeed();
            double radius = Math.Sqrt((halfLength * halfLength) + (halfWidth * halfWidth));
            if (!IsFree(x, y, radius + 1.5, radius + 4))
            {
                continue;
            }

            double low = double.PositiveInfinity;
            double high = double.NegativeInfinity;
            for (int corner = 0; corner < 8; corner++)
            {
                double ground = terrain.HeightAt(
                    x + (radius * Math.Cos(corner * Math.PI / 4)), y + (radius * Math.Sin(corner * Math.PI / 4)));
                low = Math.Min(low, ground);
                high = Math.Max(high, ground);
            }

            bool gabled = placed % 2 == 0;
            var building = new PrismSolid(
                x, y, angle, halfLength, halfWidth, low - 1, high + wall, gabled ? rise : 0, new BuildingSkin(gabled, skin));
            solids.Add(building);
            roofEdges.AddRange(building.RoofEdges());
            taken.Add((x, y, radius));
            placed++;
        }
    }

    private void PlaceCars(SeededRandom random)
    {
        PlaneZone zone = layout.CarPark;
        int bays = (int)(2 * zone.HalfX / SiteLayout.BayWidth);
        for (double row = 0; row + (2 * SiteLayout.BayDepth) <= 2 * zone.HalfY; row += SiteLayout.BayRowSpacing)
        {
            for (int side = 0; side < 2; side++)
            {
                for (int bay = 0; bay < bays; bay++)
                {
                    bool parked = random.Next() < 0.3;
                    double x = zone.X - zone.HalfX + ((bay + 0.5) * SiteLayout.BayWidth) + random.Between(-0.15, 0.15);
                    double y = zone.Y - zone.HalfY + row + ((side + 0.5) * SiteLayout.BayDepth) + random.Between(-0.2, 0.2);
                    double angle = (Math.PI / 2) + random.Between(-0.05, 0.05);
                    uint skin = random.NextSeed();
                    if (parked && IsFree(x, y, 0, 1))
                    {
                        AddCar(x, y, angle, skin);
                    }
                }
            }
        }

        int onRoad = (int)(halfX / 16);
        for (int i = 0; i < onRoad; i++)
        {
            double x = random.Between(-1, 1) * halfX;
            double lane = random.Next() < 0.5 ? -2.2 : 2.2;
            AddCar(x, layout.RoadY + (4 * Math.Sin(x / 40)) + lane, Math.Atan(0.1 * Math.Cos(x / 40)), random.NextSeed());
        }
    }

    private void AddCar(double x, double y, double angle, uint skin)
    {
        double ground = terrain.HeightAt(x, y);
        (double sin, double cos) = Math.SinCos(angle);
        solids.Add(new PrismSolid(x, y, angle, 2.15, 0.88, ground - 0.4, ground + 0.85, 0, new CarSkin(cabin: false, skin)));
        solids.Add(new PrismSolid(
            x - (0.25 * cos), y - (0.25 * sin), angle, 1.2, 0.74, ground, ground + 1.42, 0, new CarSkin(cabin: true, skin)));
        taken.Add((x, y, 2.4));
    }

    private void PlaceTrees(int count, SeededRandom random)
    {
        int placed = 0;
        for (int attempt = 0; attempt < 60 * count && placed < count; attempt++)
        {
            double x = random.Between(-1, 1) * halfX;
            double y = random.Between(-1, 1) * halfY;
            double radius = random.Between(0.7, 2.4);
            double height = radius * random.Between(1.5, 2.2);
            var tint = new Vector3((float)random.Between(0.07, 0.14), (float)random.Between(0.13, 0.2), 0.05f);
            if (!IsFree(x, y, radius + 1, radius + 2))
            {
                continue;
            }

            double ground = terrain.HeightAt(x, y);
            for (int part = 0; part < 5; part++)
            {
                double share = part == 0 ? 0.75 : random.Between(0.4, 0.6);
                double offset = part == 0 ? 0 : radius * (1 - share);
                (double sin, double cos) = Math.SinCos((part * Math.PI / 2) + random.Between(-0.5, 0.5));
                var center = new Vector3D(
                    x + (offset * cos), y + (offset * sin), ground + (height * (part == 0 ? 0.6 : random.Between(0.4, 0.55))));
                solids.Add(new CrownSolid(center, share * radius, 0.4 * height, tint, random.NextSeed()));
            }

            taken.Add((x, y, radius));
            placed++;
        }
    }

    private bool IsFree(double x, double y, double fromZones, double fromRoad)
    {
        if (Math.Abs(layout.DistanceToRoad(x, y)) < fromRoad + 3.5 || Math.Abs(layout.DistanceToPath(x, y)) < fromZones + 1)
        {
            return false;
        }

        if (fromZones > 0 && layout.Zones.Any(zone => zone.Contains(x, y, fromZones)))
        {
            return false;
        }

        foreach ((double otherX, double otherY, double radius) in taken)
        {
            double room = radius + Math.Max(fromZones, 0.3);
            if (((x - otherX) * (x - otherX)) + ((y - otherY) * (y - otherY)) < room * room)
            {
                return false;
            }
        }

        return true;
    }
}
