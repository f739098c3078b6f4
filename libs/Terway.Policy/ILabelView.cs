namespace Terway.Policy;

/// <summary>Labels as a selector sees them.</summary>
public interface ILabelView
{
    /// <summary>What <c>all()</c> means here; true unless the view says otherwise.</summary>
    bool IsAll => true;

    /// <summary>What <c>global()</c> means here; true unless the view says otherwise.</summary>
    bool IsGlobal => true;

    /// <summary>The value of a label, or null where the label is missing; a label may be there with an empty value.</summary>
    /// <param name="key">The label's key.</param>
    string? Find(string key);
}
