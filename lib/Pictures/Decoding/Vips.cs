using System.Runtime.InteropServices;

namespace Pictures.Decoding;

/// <summary>The functions of libvips 8.18 and of GLib within it that decoding needs.</summary>
/// <remarks>
/// None of them takes a variable number of arguments: those are called in another way on every platform. Options are set as
/// properties of an operation instead, which is what libvips' own functions do.
/// </remarks>
internal static unsafe partial class Vips
{
    private const string Library = "vips";

    /// <summary>A GValue: a type and 16 bytes for what it holds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Value
    {
        public nuint Type;
        private readonly long data1;
        private readonly long data2;
    }

    [LibraryImport(Library, EntryPoint = "vips_init")]
    public static partial int Init(byte* program);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCache(int operations);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetThreads(int threads);

    [LibraryImport(
        Library,
        EntryPoint = "vips_operation_new",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial nint NewOperation(string name);

    [LibraryImport(
        Library,
        EntryPoint = "vips_object_set_from_string",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int SetOptions(nint operation, string options);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_buildp")]
    public static partial int Build(ref nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint free, byte* data, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int Width(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int Height(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int Format(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(nint image);

    [LibraryImport(
        Library,
        EntryPoint = "vips_image_get_typeof",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial nuint TypeOfField(nint image, string name);

    [LibraryImport(
        Library,
        EntryPoint = "vips_image_get_int",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial int GetInteger(nint image, string name, out int value);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    public static partial nint WriteToMemory(nint image, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint TakeErrors();

    [LibraryImport(Library, EntryPoint = "g_setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial nint InitValue(ref Value value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    public static partial void SetBoxed(ref Value value, nint boxed);

    [LibraryImport(Library, EntryPoint = "g_value_get_object")]
    public static partial nint GetObject(ref Value value);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void UnsetValue(ref Value value);

    [LibraryImport(
        Library,
        EntryPoint = "g_object_set_property",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial void SetProperty(nint target, string name, ref Value value);

    [LibraryImport(
        Library,
        EntryPoint = "g_object_get_property",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial void GetProperty(nint target, string name, ref Value value);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint target);

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(nint memory);
}
