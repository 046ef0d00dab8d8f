/// What was parked, for the log: at once when something is, and then as a sum every ten seconds, however much it is.
/// A record that is parked again counts again. Pure.
struct ParkingLine: Sendable {
    /// What a line says.
    struct Told: Sendable, Equatable {
        /// Whether one of the records waits for a person or for another release.
        let needsSomebody: Bool
        /// As "2 refused, 5 behind".
        let text: String
    }

    /// Between two lines in the log while reading goes on.
    static let interval = Duration.seconds(10)

    private var untold: [ParkedState: Int] = [:]
    private var toldAt: ContinuousClock.Instant?

    /// Notes what a transaction has parked.
    mutating func note(_ parked: [ParkedState: Int]) { untold.merge(parked, uniquingKeysWith: +) }

    /// What is to be told, when there is something and the last line is old enough.
    mutating func told(at now: ContinuousClock.Instant) -> Told? {
        if let toldAt, now - toldAt < Self.interval { return nil }
        return rest(at: now)
    }

    /// What is still to be told, however old the last line is: when reading ends.
    mutating func rest(at now: ContinuousClock.Instant) -> Told? {
        guard !untold.isEmpty else { return nil }
        defer { (untold, toldAt) = ([:], now) }
        let order: [ParkedState] = [.refused, .died, .unknownType, .early, .behind]
        let counts = order.compactMap { state in untold[state].map { "\($0) \(state.rawValue)" } }
        return Told(
            needsSomebody: order.prefix(3).contains { untold[$0] != nil }, text: counts.joined(separator: ", "))
    }
}
