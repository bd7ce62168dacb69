using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("OdmNode.ConformanceTests")]
[assembly: InternalsVisibleTo("OdmNode.UnitTests")]
