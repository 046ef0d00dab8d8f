internal import Events
internal import Runtime

/// What a recipient answered.
struct RecipientAnswer: Codable, Equatable, Sendable {
    let referral: ReferralID
    let revision: Int
    let at: Timestamp
    let by: ActorRole
    let answer: ReferralAnswer
    let reason: String?
    /// What became of it; not part of what it says.
    var effect = AnswerEffect.waiting
}

/// What became of an answer.
enum AnswerEffect: String, Codable, Sendable {
    /// Its referral isn't known yet.
    case waiting
    /// It moved the referral.
    case moved
    /// The referral was there already, or can't come there from where it is.
    case ignored
    /// The consent doesn't allow that to be told back.
    case withheld
    /// The referral had been taken back when it was given.
    case late
}

/// The course of one referral: a pure function of the answers and of what ended it (Task's state machine of Gravity's
/// closed loop, `ecosystem.md` 1.4).
///
/// Answers count that were given before the end, whichever of the two topics was read first.
struct ReferralCourse: Equatable, Sendable {
    /// A step from one state to the next.
    struct Step: Equatable, Sendable {
        let from: ReferralState
        let to: ReferralState
        let at: Timestamp
        let by: ActorRole
        let reason: String?
        let closing: Closing?

        var asPath: PathStep { PathStep(to: to, closing: closing) }
    }

    private(set) var steps: [Step] = []
    /// The answers with what became of each.
    private(set) var answers: [RecipientAnswer] = []

    var state: ReferralState { steps.last?.to ?? .requested }

    init(_ given: [RecipientAnswer], consent: ConsentFile?, ending: Ending?) {
        for answer in given {
            var answer = answer
            answer.effect = take(answer, consent: consent, ending: ending)
            answers.append(answer)
        }
        if let ending, !state.isFinal {
            steps.append(
                Step(
                    from: state, to: .cancelled, at: ending.at, by: ending.by, reason: ending.reason,
                    closing: ending.closing))
        }
    }

    private mutating func take(_ answer: RecipientAnswer, consent: ConsentFile?, ending: Ending?) -> AnswerEffect {
        if let ending, answer.at >= ending.at { return .late }
        let feedback = consent?.feedback(at: answer.at) ?? .nothing
        guard feedback.allows(answer.answer) else { return .withheld }
        let way = answer.answer.way(from: state)
        guard !way.isEmpty else { return .ignored }
        for to in way {
            let closing = to.isFinal ? answer.answer.closing : nil
            steps.append(
                Step(
                    from: state, to: to, at: answer.at, by: answer.by,
                    reason: feedback == .course || answer.answer.isAboutRecipient ? answer.reason : nil,
                    closing: closing))
        }
        return .moved
    }
}

extension ReferralState {
    /// Whether nothing follows.
    var isFinal: Bool {
        switch self {
        case .completed, .rejected, .cancelled, .failed, .enteredInError: true
        case .requested, .accepted, .inProgress, .onHold: false
        }
    }
}

extension Feedback {
    /// Whether an answer may be told back. Under `contactMade` only whether it is taken on and whether the family was
    /// reached; what speaks of the recipient alone always, or the family would wait for nothing.
    func allows(_ answer: ReferralAnswer) -> Bool {
        switch self {
        case .nothing: answer.isAboutRecipient
        case .contactMade: answer.isAboutRecipient || [.accepted, .contactMade, .notReached].contains(answer)
        case .course: true
        }
    }
}

extension ReferralAnswer {
    /// Whether it tells nothing of the family.
    var isAboutRecipient: Bool { self == .cannotTake || self == .wrongRecipient }

    /// The states through which the answer leads; none when it leads nowhere from there. Who answers that it goes on
    /// has taken it on.
    func way(from state: ReferralState) -> [ReferralState] {
        guard let end = target(from: state), end != state else { return [] }
        let skipsAcceptance = state == .requested && end != .accepted && end != .rejected
        return skipsAcceptance ? [.accepted, end] : [end]
    }

    private func target(from state: ReferralState) -> ReferralState? {
        guard !state.isFinal else { return nil }
        switch self {
        case .accepted: return state == .requested ? .accepted : nil
        case .contactMade, .inProgress: return .inProgress
        case .onHold: return .onHold
        case .done: return .completed
        case .notReached, .familyDeclined: return .failed
        case .cannotTake, .wrongRecipient: return state == .requested ? .rejected : .failed
        }
    }

    /// How a referral ended by it.
    var closing: Closing? {
        switch self {
        case .done: .done
        case .notReached: .notReached
        case .familyDeclined: .familyDeclined
        case .cannotTake: .cannotTake
        case .wrongRecipient: .wrongRecipient
        case .accepted, .contactMade, .inProgress, .onHold: nil
        }
    }
}
