/// A share with its 95 % interval after Wilson (1927): never below 0 or above 1, and sound for few and rare cases.
///
/// Two forms of one parent are counted as if they had nothing to do with each other; pages say so.
struct Share: Sendable, Equatable {
    let value: Double
    let low: Double
    let high: Double

    /// The normal distribution's quantile of 97.5 %.
    private static let quantile = 1.959_963_984_540_054

    /// Nil where there is no group to be a share of.
    init?(_ number: Int, of group: Int) {
        guard group > 0, (0...group).contains(number) else { return nil }
        let size = Double(group)
        let share = Double(number) / size
        let square = Self.quantile * Self.quantile
        let centre = (share + square / (2 * size)) / (1 + square / size)
        let spread =
            Self.quantile / (1 + square / size)
            * (share * (1 - share) / size + square / (4 * size * size)).squareRoot()
        value = share
        low = number == 0 ? 0 : max(0, centre - spread)
        high = number == group ? 1 : min(1, centre + spread)
    }
}
