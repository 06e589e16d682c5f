namespace Grading;

/// <summary>What the operating system keeps submissions away from.</summary>
internal enum Isolation
{
    /// <summary>Only limits: they run with the rights of whoever grades.</summary>
    None,

    /// <summary>The network too.</summary>
    NoNetwork,

    /// <summary>Everything: files, processes, the network.</summary>
    Full,
}
