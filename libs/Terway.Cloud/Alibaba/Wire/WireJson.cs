using System.Text.Json.Serialization;

namespace Terway.Cloud.Alibaba;

/// <summary>Reads the cloud's JSON without reflection; numbers may come as texts.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WireDone))]
[JsonSerializable(typeof(WireEni))]
[JsonSerializable(typeof(WireEniPage))]
[JsonSerializable(typeof(WireAssignedIpv4))]
[JsonSerializable(typeof(WireAssignedIpv6))]
[JsonSerializable(typeof(WireVSwitchPage))]
[JsonSerializable(typeof(WireTypePage))]
[JsonSerializable(typeof(WireInstancePage))]
[JsonSerializable(typeof(WireGroupPage))]
[JsonSerializable(typeof(WireRoleCredential))]
[JsonSerializable(typeof(WireAssumedRole))]
[JsonSerializable(typeof(WireTokenFile))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class WireJson : JsonSerializerContext;
