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
            role.Current = new RoleCredential(IssueTemporary(now + world.Options.RoleCredentialLifetime, role.Allows), now);
        }
        return role.Current;
    }

    /// <summary>A new temporary key.</summary>
    internal CloudCredential IssueTemporary(DateTimeOffset end, Func<string, bool> allows)
    {
        var credential = new CloudCredential("STS." + world.Ids.NextText(24), world.Ids.NextSecret(44), world.Ids.NextSecret(120), end);
        _keys[credential.AccessKeyId] = new AccessKey(credential, allows);
        return credential;
    }

    /// <summary>Ends every temporary key at once; who asks next gets a new one.</summary>
    internal int ExpireTemporary()
    {
        var now = world.Now;
        var ended = _keys.Values.Where(k => k.Credential.Expiration > now).ToList();
        foreach (var key in ended)
        {
            var old = key.Credential;
            _keys[old.AccessKeyId] = key with { Credential = new CloudCredential(old.AccessKeyId, old.AccessKeySecret, old.SecurityToken, now) };
        }
        foreach (var role in _roles.Values)
            role.Current = null;
        return ended.Count;
    }

    /// <summary>Takes a key away.</summary>
    internal bool Remove(string accessKeyId) => _keys.Remove(accessKeyId);

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
