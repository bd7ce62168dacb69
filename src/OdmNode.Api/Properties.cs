using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("OdmNode.PropertyTests")]
