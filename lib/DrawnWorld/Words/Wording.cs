namespace DrawnWorld;

/// <summary>Chooses among ways to say the same; without dice, always the first.</summary>
internal sealed class Wording(Dice? dice)
{
    public string Of(params ReadOnlySpan<string> ways) => dice is null ? ways[0] : dice.Pick(ways);

    public bool Rarely(float probability) => dice?.Happens(probability) ?? false;
}
