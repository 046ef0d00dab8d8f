/// When an answer gives a signal: any of the triggers.
public struct SignalRule: Codable, Hashable, Sendable {
    /// The signal.
    public var signal: Signal
    /// Answers that give it.
    public var triggers: [AnswerPattern]

    /// Takes each member as it will travel.
    public init(
        signal: Signal, triggers: [AnswerPattern]
    ) {
        self.signal = signal
        self.triggers = triggers
    }
}
