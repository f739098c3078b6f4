using System.Diagnostics.CodeAnalysis;

namespace Terway.Cloud.Testing.Internal;

/// <summary>The access keys that the emulator accepts, permanent and temporary. Used under the world's lock.</summary>
internal sealed class KeyRing(World world)
{
    /// <summary>New credentials of a role can be had this long before the old ones end.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, AccessKey> _keys = [];
    private readonly Dictionary<string, Role> _roles = [];

    internal void Add(CloudCredential credential, Func<string, bool> allows) =>
        _keys[credential.AccessKeyId] = new AccessKey(credential, allows);

    internal void AddRole(string name, Func<string, bool> allows) => _roles[name] = new Role(allows);

    internal bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key) => _keys.TryGetValue(accessKeyId, out key);

    /// <summary>What the metadata service shows for a role now; null when there is no such role.</summary>
    internal RoleCredential? CredentialOf(string roleName)
    {
        if (!_roles.TryGetValue(roleName, out var role))
            return null;
        var now = DateTimeOffset.FromUnixTimeSeconds(world.Now.ToUnixTimeSeconds());
        if (role.Current is null || role.Current.Credential.Expiration - now <= Overlap)
        {
            var credential = new CloudCredential(
                "STS." + world.Ids.NextSecret(24), world.Ids.NextSecret(44), world.Ids.NextSecret(120), now + world.Options.RoleCredentialLifetime);
            _keys[credential.AccessKeyId] = new AccessKey(credential, role.Allows);
            role.Current = new RoleCredential(credential, now);
        }
        return role.Current;
    }

    private sealed class Role(Func<string, bool> allows)
    {
        internal Func<string, bool> Allows { get; } = allows;

        internal RoleCredential? Current { get; set; }
    }
}

/// <summary>An access key and the actions that its owner may call.</summary>
internal sealed record AccessKey(CloudCredential Credential, Func<string, bool> Allows);

/// <summary>The credential of a role as the metadata service shows it.</summary>
internal sealed record RoleCredential(CloudCredential Credential, DateTimeOffset LastUpdated);
