/// When an answer gives a signal: any of the triggers.
public struct SignalRule: Codable, Hashable, Sendable {
    /// The signal.
    public var signal: Signal
    /// Answers that give it.
    public var triggers: [AnswerPattern]
    /// How well the form finds it.
    public var evidence: Accuracy?

    /// Takes each member as it will travel.
    public init(
        signal: Signal, triggers: [AnswerPattern], evidence: Accuracy? = nil
    ) {
        self.signal = signal
        self.triggers = triggers
        self.evidence = evidence
    }
}
