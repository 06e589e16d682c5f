namespace NotebookKernel;

/// <summary>The first byte of a ZMTP frame.</summary>
[Flags]
internal enum ZmtpFrameFlags : byte
{
    /// <summary>A message's last part, of at most 255 bytes.</summary>
    None = 0,

    /// <summary>Another part of the message follows.</summary>
    More = 1,

    /// <summary>The length is a number of eight bytes.</summary>
    Long = 2,

    /// <summary>A command.</summary>
    Command = 4,

    /// <summary>All that the protocol knows.</summary>
    All = More | Long | Command,
}
