using System.Text.Json;

namespace Terway.Cni.Internal;

/// <summary>Reads the value that the reader stands on, and leaves the reader on the value's last token.</summary>
internal delegate T JsonItem<T>(ref Utf8JsonReader json);
