/// A type with members that is read from and written to a JSON object.
protocol FHIRElement {
    /// Reads the element. Nil only when a fault has been reported that makes the value impossible.
    init?(reading members: inout Members)
    /// Writes the members, in the order in which FHIR lists them.
    func write(to json: inout JSONWriter)
}

/// An element that stands by itself and names its type in `resourceType`.
protocol FHIRResource: FHIRElement {
    /// The name of the resource type.
    static var type: String { get }
}

extension FHIRResource {
    /// Reads one resource that is the whole document, gathering all faults.
    static func decode(document bytes: [UInt8], limits: JSONLimits) throws(FHIRRefusal) -> Self {
        let document = try Decoding.document(bytes, limits: limits, root: type)
        return try decode(at: 0, of: document, place: type)
    }

    /// Reads one resource that stands at a node of a document, gathering all faults.
    static func decode(at node: Int, of document: JSONDocument, place: String) throws(FHIRRefusal) -> Self {
        let decoding = Decoding(document, root: node, place: place)
        let resource = decoding.resource(Self.self)
        guard decoding.issues.isEmpty, let resource else { throw FHIRRefusal(.malformed, decoding.issues.all) }
        return resource
    }

    /// The resource as compact JSON.
    func encoded(bytesExpected: Int = 4096) -> [UInt8] {
        var json = JSONWriter(bytesExpected: bytesExpected)
        json.object { json in
            json.string(.resourceType, Self.type)
            write(to: &json)
        }
        return json.bytes
    }
}
