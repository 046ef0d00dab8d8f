internal import Events
internal import Runtime

/// Everything the notifier knows of one referral: the request, its course, its consent and its deliveries.
///
/// What follows from it doesn't depend on the order in which the parts came.
struct Dossier: Sendable, Equatable {
    /// What `referral.requested` said.
    struct Request: Sendable, Equatable {
        let referral: ReferralID
        let consent: ConsentID
        let recipient: String
        let requestedAt: Timestamp
    }

    let request: Request
    var standing: ReferralStanding
    var consent: KnownConsent?
    var requested: PlannedDelivery?
    var recalled: PlannedDelivery?

    /// A change of the deliveries.
    enum Step: Sendable, Equatable {
        /// A new delivery, due since the referral was requested, in this state.
        case open(Notice, PlannedDelivery.State)
        /// No attempt begins any more.
        case stop(DeliveryID)
    }

    /// When it was taken back: the consent withdrawn or the referral recalled, the earlier of the two.
    var takenBackAt: Timestamp? {
        var times = [consent?.withdrawnAt].compactMap { $0 }
        if case .recalled(let time) = standing { times.append(time) }
        return times.min()
    }

    /// Whether no attempt to tell of the request may begin any more.
    var isOver: Bool { takenBackAt != nil || standing == .closed }

    /// What has to be done about the deliveries. Nothing when done already.
    ///
    /// An attempt under way is let be: its result asks again.
    func whatFollows() -> [Step] {
        guard let requested else { return [.open(.requested, isOver ? .stopped : .waiting)] }
        guard isOver, !requested.isUnderWay else { return [] }
        var steps: [Step] = []
        if requested.state == .waiting { steps.append(.stop(requested.id)) }
        let recipientKnows = requested.state == .delivered || requested.mayHaveArrived
        if takenBackAt != nil, recipientKnows, recalled == nil { steps.append(.open(.recalled, .waiting)) }
        return steps
    }
}
