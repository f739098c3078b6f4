namespace Terway.Cloud.Alibaba;

/// <summary>Makes a credential of the wire's; names fields that are missing, never their values.</summary>
internal static class CredentialConversion
{
    internal static CloudCredential Temporary(WireRoleCredential wire) => new(
        WireText.Required(wire.AccessKeyId, "AccessKeyId"),
        WireText.Required(wire.AccessKeySecret, "AccessKeySecret"),
        WireText.Required(wire.SecurityToken, "SecurityToken"),
        WireText.OptionalTime(WireText.Required(wire.Expiration, "Expiration"), "Expiration"));
}
