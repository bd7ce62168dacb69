namespace OdmNode.Geospatial.PointClouds.Octree;

/// <summary>The points that a node adds to what its ancestors hold.</summary>
/// <param name="Key">Place in the tree.</param>
/// <param name="Points">One or more, in the order of the cloud.</param>
internal sealed record OctreeNode(OctreeKey Key, LasPoint[] Points);
