using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>An attachment, in the specification's names.</summary>
internal static class AttachmentCodec
{
    public static void Write(Utf8JsonWriter json, Attachment value)
    {
        json.WriteString("containerID", value.ContainerId);
        json.WriteString("ifname", value.IfName);
    }

    public static Attachment Read(ref Utf8JsonReader json)
    {
        string? containerId = null, ifName = null;
        JsonRead.Object(ref json);
        while (JsonRead.Field(ref json, out string name))
            switch (name)
            {
                case "containerID": containerId = JsonRead.Text(ref json); break;
                case "ifname": ifName = JsonRead.Text(ref json); break;
                default: json.Skip(); break;
            }
        return new Attachment(JsonRead.Required(containerId, "containerID"), JsonRead.Required(ifName, "ifname"));
    }
}
