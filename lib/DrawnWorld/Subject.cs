namespace DrawnWorld;

/// <summary>What a picture is of.</summary>
public enum Subject
{
    /// <summary>A dog: floppy ears and a snout, seen from the side.</summary>
    Dog,

    /// <summary>A cat: pointed ears and whiskers, its face turned to the viewer.</summary>
    Cat,

    /// <summary>A bird with a beak and a wing.</summary>
    Bird,

    /// <summary>A fish.</summary>
    Fish,

    /// <summary>A tree; its crown has the colour.</summary>
    Tree,

    /// <summary>A house; its walls have the colour.</summary>
    House,

    /// <summary>A car.</summary>
    Car,
}
