internal import Events
internal import Runtime

/// What a municipality says about a referral.
struct GivenAnswer: Sendable, Equatable {
    let code: ReferralAnswer
    let reason: String?
    let proposedTimes: [Timestamp]

    static let proposedTimesMax = 5
}
