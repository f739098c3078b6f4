namespace Terway.Policy.Internal;

/// <summary>Reads label selectors. Keys and values are held to Kubernetes' alphabet, which also is what the selector language can write.</summary>
internal static class LabelSelectorReader
{
    internal static LabelSelector Read(FieldReader field)
    {
        var labels = field.Labels("matchLabels");
        foreach (var (key, value) in labels)
            Check(field, key, value);
        return new()
        {
            MatchLabels = labels,
            MatchExpressions = field.List("matchExpressions", ReadRequirement),
        };
    }

    private static LabelRequirement? ReadRequirement(FieldReader field)
    {
        if (field.Text("key") is not { Length: > 0 } key)
            return field.Fail<LabelRequirement>("must have a key");
        if (field.Text("operator") is not { } name || !Enum.TryParse(name, out LabelRequirementOperator op) || op.ToString() != name)
            return field.Fail<LabelRequirement>("must have the operator In, NotIn, Exists or DoesNotExist");
        var values = field.List("values", value => value.Text());
        var takesValues = op is LabelRequirementOperator.In or LabelRequirementOperator.NotIn;
        if (values.IsEmpty == takesValues)
            return field.Fail<LabelRequirement>(takesValues ? $"{name} needs a value" : $"{name} takes no values");
        Check(field, key, "");
        foreach (var value in values)
            Check(field, key, value);
        return new(key, op, values);
    }

    private static void Check(FieldReader field, string key, string value)
    {
        if (key.Length is 0 or > 317 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '-'))
            field.Fail($"'{key}' is not a label key");
        if (value.Length > 63 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'))
            field.Fail($"'{value}' is not a label value");
    }
}
