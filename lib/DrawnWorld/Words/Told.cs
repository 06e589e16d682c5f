namespace DrawnWorld;

/// <summary>What a caption tells besides the subject.</summary>
[Flags]
public enum Told
{
    /// <summary>The subject alone.</summary>
    Nothing = 0,

    /// <summary>The subject's colour.</summary>
    Color = 1,

    /// <summary>Where the subject is.</summary>
    Place = 2,

    /// <summary>How many there are, as a number.</summary>
    Count = 4,

    /// <summary>Whether the subject is small or big.</summary>
    Size = 8,

    /// <summary>Whether the subject is on the left or on the right.</summary>
    Side = 16,

    /// <summary>All that words can tell.</summary>
    Everything = Color | Place | Count | Size | Side,
}
