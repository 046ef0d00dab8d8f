/// A topic, by the part of its name that differs. Full names are `barnsakert.` + raw value + `.v1`.
public enum Topic: String, Codable, CaseIterable, Sendable {
    /// Units, visit slots, instruments.
    case registry
    /// Contact lists, recipients and their certificates.
    case contactLists = "contact-lists"
    /// Children listed, left, merged, erased.
    case children
    /// Raw answers. Read by scoring alone.
    case answers
    /// Visits and forms, without a single answer.
    case screenings
    /// Result per factor and why.
    case outcomes
    /// Conversations, support offers, decisions.
    case agreements
    /// Consents given and withdrawn.
    case consents
    /// Referrals and their course.
    case referrals
    /// Deliveries, and the municipality's answers.
    case notifications
    /// The introduction: roll-out, training, meetings, surveys.
    case programme
    /// What intake parked for good.
    case intakeDeadLetters = "intake.dead-letters"
    /// What scoring parked for good.
    case scoringDeadLetters = "scoring.dead-letters"
    /// What the referral router parked for good.
    case referralRouterDeadLetters = "referral-router.dead-letters"
    /// What the notifier parked for good.
    case notifierDeadLetters = "notifier.dead-letters"
    /// What reporting parked for good.
    case reportingDeadLetters = "reporting.dead-letters"

    /// Its place in `allCases`: hashing a topic hashes its name.
    var place: Int {
        switch self {
        case .registry: 0
        case .contactLists: 1
        case .children: 2
        case .answers: 3
        case .screenings: 4
        case .outcomes: 5
        case .agreements: 6
        case .consents: 7
        case .referrals: 8
        case .notifications: 9
        case .programme: 10
        case .intakeDeadLetters: 11
        case .scoringDeadLetters: 12
        case .referralRouterDeadLetters: 13
        case .notifierDeadLetters: 14
        case .reportingDeadLetters: 15
        }
    }

    /// The name on the broker. `prefix` is put before it as it stands: `test1.` gives `test1.barnsakert.answers.v1`.
    public func name(prefix: String = "") -> String { "\(prefix)barnsakert.\(rawValue).v1" }

    /// The topic of that name under that prefix; nil for any other name.
    public init?(name: String, prefix: String = "") {
        let head = prefix + "barnsakert."
        guard name.hasPrefix(head), name.hasSuffix(".v1"), name.count >= head.count + 3 else { return nil }
        self.init(rawValue: String(name.dropFirst(head.count).dropLast(3)))
    }

    /// Where a service gives notice of records that it can't apply.
    public static func deadLetters(of service: ServiceName) -> Topic {
        switch service {
        case .intake: .intakeDeadLetters
        case .scoring: .scoringDeadLetters
        case .referralRouter: .referralRouterDeadLetters
        case .notifier: .notifierDeadLetters
        case .reporting: .reportingDeadLetters
        }
    }
}
