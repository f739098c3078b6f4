using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terway.Cni.Daemon.Internal;

/// <summary>Enums travel as their names in camel case; numbers are refused.</summary>
internal sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
