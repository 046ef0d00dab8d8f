/// A span of time, open where an end is absent.
public struct Period: Sendable, Hashable {
    /// The beginning, included.
    public var start: FHIRDateTime?
    /// The end, included.
    public var end: FHIRDateTime?

    /// A span from its ends.
    public init(start: FHIRDateTime? = nil, end: FHIRDateTime? = nil) {
        self.start = start
        self.end = end
    }
}

extension Period: FHIRElement {
    init?(reading members: inout Members) {
        start = members.lexical(.start)
        end = members.lexical(.end)
    }

    func write(to json: inout JSONWriter) {
        json.string(.start, start?.text)
        json.string(.end, end?.text)
    }
}
