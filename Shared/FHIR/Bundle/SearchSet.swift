/// One page of what a search found.
public struct SearchSet: Sendable, Hashable {
    /// One resource that was found.
    public struct Entry: Sendable, Hashable {
        /// The resource's absolute address.
        public var fullURL: String
        /// The resource as JSON.
        public var resource: [UInt8]

        /// A resource with its address.
        public init(fullURL: String, resource: [UInt8]) {
            self.fullURL = fullURL
            self.resource = resource
        }
    }

    /// How many there are on all pages.
    public var total: Int
    /// The address of this page.
    public var selfURL: String
    /// The address of the next page; nil on the last.
    public var nextURL: String?
    /// What is on this page.
    public var entries: [Entry]

    /// A page from its parts.
    public init(total: Int, selfURL: String, nextURL: String? = nil, entries: [Entry]) {
        self.total = total
        self.selfURL = selfURL
        self.nextURL = nextURL
        self.entries = entries
    }

    /// The Bundle of type searchset as compact JSON.
    public func json() -> [UInt8] {
        var json = JSONWriter(bytesExpected: entries.reduce(512) { $0 + $1.resource.count + 256 })
        json.object { json in
            json.string(.resourceType, "Bundle")
            json.string(.type, "searchset")
            json.integer(.total, total)
            json.name(ElementName.link.text)
            json.array { json in
                Self.link("self", selfURL, &json)
                if let nextURL { Self.link("next", nextURL, &json) }
            }
            guard !entries.isEmpty else { return }
            json.name(ElementName.entry.text)
            json.array { json in
                for entry in entries { json.object { entry.write(to: &$0) } }
            }
        }
        return json.bytes
    }

    private static func link(_ relation: String, _ url: String, _ json: inout JSONWriter) {
        json.object { json in
            json.string(.relation, relation)
            json.string(.url, url)
        }
    }
}

extension SearchSet.Entry {
    fileprivate func write(to json: inout JSONWriter) {
        json.string(.fullUrl, fullURL)
        json.json(.resource, resource)
        json.name(ElementName.search.text)
        json.object { $0.string(.mode, "match") }
    }
}
