/// How large and how deep a document may be. All three bound what a caller can make the reader do.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes a document may have. A filled form of 18 questions has about 2,500.
    public var bytesMax: Int
    /// The most arrays and objects that may be open at once. One level of nested FHIR items takes four.
    public var depthMax: Int
    /// The most members of one object. No element of FHIR R4 has half as many; it keeps the search for a repeated
    /// member from growing with the square of a hostile object.
    public var membersMax: Int

    /// Limits for one document; the defaults are 1 MiB, 32 levels and 128 members.
    public init(bytesMax: Int = 1_048_576, depthMax: Int = 32, membersMax: Int = 128) {
        self.bytesMax = min(bytesMax, Int(Int32.max))
        self.depthMax = depthMax
        self.membersMax = membersMax
    }
}
