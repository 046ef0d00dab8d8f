/// Bounds of an instrument, so that checking and scoring one takes a bounded time whatever its author wrote.
public enum InstrumentLimits {
    /// Items of an instrument.
    public static let itemsMax = 200
    /// Options of an item; each is one bit of an `AnswerSet`.
    public static let optionsMax = 50
    /// Rules of an instrument, and signals and acute marks each.
    public static let rulesMax = 100
    /// Languages of an instrument.
    public static let languagesMax = 50
    /// Ordinal values of options, and bounds of a range.
    public static let values = -1000...1000
    /// Weights of terms.
    public static let weights = 1...100
    /// Distance between the least and the greatest sum of a rule. All sums between are walked through where it has to
    /// be told which missing answers could still change a result.
    public static let spanMax = 2000
}
