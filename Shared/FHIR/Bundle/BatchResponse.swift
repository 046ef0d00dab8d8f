/// The answer to a batch: one entry for each of the request's, in the same order.
public struct BatchResponse: Sendable, Hashable {
    /// What came of one entry.
    public struct Entry: Sendable, Hashable {
        /// The HTTP status: `201 Created`.
        public var status: String
        /// The address of what was made, with its version.
        public var location: String?
        /// The version, as `W/"1"`.
        public var etag: String?
        /// When that version was made.
        public var lastModified: FHIRInstant?
        /// What is wrong, or worth knowing.
        public var outcome: OperationOutcome?

        /// What came of one entry.
        public init(
            status: String, location: String? = nil, etag: String? = nil, lastModified: FHIRInstant? = nil,
            outcome: OperationOutcome? = nil
        ) {
            self.status = status
            self.location = location
            self.etag = etag
            self.lastModified = lastModified
            self.outcome = outcome
        }

        /// The answer to an entry that isn't taken.
        public init(_ refusal: FHIRRefusal) {
            self.init(status: String(refusal.httpStatus), outcome: refusal.outcome)
        }
    }

    /// The entries in the order of the request.
    public var entries: [Entry]

    /// An answer with its entries.
    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The Bundle of type batch-response as compact JSON.
    public func json() -> [UInt8] {
        var json = JSONWriter(bytesExpected: 256 * (entries.count + 1))
        json.object { json in
            json.string(.resourceType, "Bundle")
            json.string(.type, "batch-response")
            guard !entries.isEmpty else { return }
            json.name(ElementName.entry.text)
            json.array { json in
                for entry in entries { json.object { entry.write(to: &$0) } }
            }
        }
        return json.bytes
    }
}

extension BatchResponse.Entry {
    fileprivate func write(to json: inout JSONWriter) {
        json.name(ElementName.response.text)
        json.object { json in
            json.string(.status, status)
            json.string(.location, location)
            json.string(.etag, etag)
            json.string(.lastModified, lastModified?.text)
            json.json(.outcome, outcome?.json())
        }
    }
}
