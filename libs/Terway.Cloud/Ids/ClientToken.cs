namespace Terway.Cloud;

/// <summary>
/// Makes a create idempotent: the same token with the same parameters gives the first call's result again.
/// </summary>
/// <remarks>Up to 64 ASCII characters, case matters. A new piece of work takes a new token; a retry keeps its own.</remarks>
public readonly record struct ClientToken
{
    /// <summary>The longest text that the cloud accepts.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    /// <summary>Checks and wraps a token.</summary>
    /// <param name="value">1 to 64 printable ASCII characters.</param>
    /// <exception cref="ArgumentException">The text is empty, too long or not ASCII.</exception>
    public ClientToken(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > MaxLength || !value.All(c => c is > ' ' and <= '~'))
            throw new ArgumentException($"A client token has 1 to {MaxLength} printable ASCII characters.", nameof(value));
        _value = value;
    }

    /// <summary>The text that is sent.</summary>
    public string Value => _value ?? "";

    /// <summary>A token that nobody used before.</summary>
    public static ClientToken NewToken() => new(Guid.NewGuid().ToString("D"));

    /// <summary>The text that is sent.</summary>
    public override string ToString() => Value;
}
