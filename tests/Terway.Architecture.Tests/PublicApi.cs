using System.Reflection;
using System.Text;

namespace Terway.Architecture;

/// <summary>Prints what an assembly offers to its users, one line a member, in a stable order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Describe(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(DescribeType).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> DescribeType(Type type)
    {
        string name = Name(type);
        yield return $"{Kind(type)} {name}{Bases(type)}";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (MemberInfo member in type.GetMembers(Declared))
        {
            string? line = DescribeMember(member);
            if (line is not null)
            {
                yield return $"{name}.{line}";
            }
        }
    }

    private static string? DescribeMember(MemberInfo member) => member switch
    {
        FieldInfo { IsSpecialName: false } f when Visible(f.IsPublic, f.IsFamily, f.IsFamilyOrAssembly) => DescribeField(f),
        PropertyInfo p when p.GetAccessors(nonPublic: true).Any(a => Visible(a.IsPublic, a.IsFamily, a.IsFamilyOrAssembly)) => DescribeProperty(p),
        EventInfo { AddMethod: { } add } e when Visible(add.IsPublic, add.IsFamily, add.IsFamilyOrAssembly) => $"event {e.Name}: {Name(e.EventHandlerType!)}",
        ConstructorInfo { IsStatic: false } c when Visible(c.IsPublic, c.IsFamily, c.IsFamilyOrAssembly) => $"new({Parameters(c)})",
        MethodInfo m when Visible(m.IsPublic, m.IsFamily, m.IsFamilyOrAssembly) && Declares(m) => DescribeMethod(m),
        _ => null,
    };

    private static bool Visible(bool isPublic, bool isFamily, bool isFamilyOrAssembly) => isPublic || isFamily || isFamilyOrAssembly;

    // Accessors are told with their property, and what the compiler writes for a record follows from the record's line.
    private static bool Declares(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.Name.Contains('<', StringComparison.Ordinal)
        && method.Name is not ("Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct")
        && method.Name is not ("op_Equality" or "op_Inequality");

    private static string DescribeField(FieldInfo field)
    {
        string value = field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "";
        return $"{(field.IsStatic ? "static " : "")}{field.Name}: {Name(field.FieldType)}{value}";
    }

    private static string DescribeProperty(PropertyInfo property)
    {
        StringBuilder text = new();
        MethodInfo accessor = property.GetAccessors(nonPublic: true)[0];
        text.Append(accessor.IsStatic ? "static " : "").Append(property.Name);
        ParameterInfo[] indexes = property.GetIndexParameters();
        if (indexes.Length > 0)
        {
            text.Append('[').AppendJoin(", ", indexes.Select(i => Name(i.ParameterType))).Append(']');
        }

        text.Append(": ").Append(Name(property.PropertyType)).Append(" {");
        text.Append(property.GetMethod is { } get && Visible(get.IsPublic, get.IsFamily, get.IsFamilyOrAssembly) ? " get;" : "");
        text.Append(property.SetMethod is { } set && Visible(set.IsPublic, set.IsFamily, set.IsFamilyOrAssembly) ? " set;" : "");
        return text.Append(" }").ToString();
    }

    private static string DescribeMethod(MethodInfo method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
        string kind = method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "";
        return $"{kind}{method.Name}{arguments}({Parameters(method)}): {Name(method.ReturnType)}";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = default" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => $"enum({Name(Enum.GetUnderlyingType(type))})",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            return "";
        }

        IEnumerable<Type> bases = type.GetInterfaces().Where(i => i.IsPublic);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases = bases.Prepend(parent);
        }

        string[] names = [.. bases.Select(Name).Order(StringComparer.Ordinal)];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            string suffix = type.IsArray ? "[]" : type.IsByRef ? "&" : "*";
            return Name(type.GetElementType()!) + suffix;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        string name = (type.Namespace is "System" ? "" : type.Namespace + ".") + (type.DeclaringType is { } outer ? outer.Name + "." : "") + type.Name;
        if (!type.IsGenericType)
        {
            return name;
        }

        int tick = name.LastIndexOf('`');
        string open = tick < 0 ? name : name[..tick];
        return $"{open}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
