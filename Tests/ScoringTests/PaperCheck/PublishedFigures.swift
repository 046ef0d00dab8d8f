import Events
import Foundation

/// What Engström et al. 2023 (BMC Public Health 23:1989) publish of the Swedish form, as far as its abstract tells: 611
/// parents, compared with standardised instruments. What stands only in its tables is absent here and not guessed.
enum PublishedFigures {
    static let parents = 611

    /// A share of a group, with the 95 % interval that a group of that size gives it (Wilson's score interval, as
    /// reporting uses it). The paper's own intervals aren't in the abstract.
    struct Share: Sendable {
        let name: String
        let percent: Double
        /// How many parents it is a share of; derived from the four whole-form figures (domain: 51 % with a problem,
        /// 71 % with an outcome).
        let of: Int

        var interval: ClosedRange<Double> {
            let (n, p, z) = (Double(of), percent / 100, 1.96)
            let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
            let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
            return (100 * (centre - half))...(100 * (centre + half))
        }
    }

    static let sensitivity = Share(name: "sensitivity", percent: 93, of: 312)
    static let specificity = Share(name: "specificity", percent: 52, of: 299)
    static let positiveValue = Share(name: "positive predictive value", percent: 67, of: 434)
    static let negativeValue = Share(name: "negative predictive value", percent: 87, of: 177)

    /// The factors that were examined, with their sensitivity and, where it is published one by one, specificity.
    static let factors: [(factor: RiskFactor, sensitivity: Double, specificity: Double?)] = [
        (.economicWorry, 80, nil), (.lowMood, 89, 64), (.parentalStress, 78, nil), (.alcohol, 70, 91),
        (.violence, 47, 91),
    ]

    /// Between which figures those lie that are published as a range only.
    static let specificities = 64.0...91.0
    static let positiveValues = 22.0...69.0
    static let negativeValues = 81.0...99.0
}
