namespace Terwayd.Configuration;

/// <summary>One row of the table of keys: how a value of this key gets into the configuration.</summary>
internal sealed record ConfigurationKey(string Name, Action<EniConfigurationDraft, ConfigurationValue> Read, bool IsSecret = false);
