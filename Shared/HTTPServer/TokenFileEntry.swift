internal import Cryptography

/// One object of a token file while it is read, with the faults found in it.
struct TokenFileEntry {
    enum Credential {
        case tokenHash([UInt8])
        case certificateSubject(String)
    }

    let place: String
    let members: [String: Any]
    private(set) var faults: [String] = []

    init(place: String, members: [String: Any]) {
        self.place = place
        self.members = members
    }

    mutating func fault(_ rule: String) {
        faults.append("\(place) \(rule)")
    }

    /// A member that is a text with something in it; nil when absent or another thing, which is then a fault.
    mutating func text(_ name: String) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value as? String, !text.isEmpty else {
            fault("has a \(name) that is not a text")
            return nil
        }
        return text
    }

    mutating func scope() -> Scope {
        var wholeRegion = false
        if let value = members["wholeRegion"] {
            if let flag = value as? Bool {
                wholeRegion = flag
            } else {
                fault("has a wholeRegion that is not true or false")
            }
        }
        return Scope(
            careProvider: text("careProvider"), units: texts("units"), municipalities: texts("municipalities"),
            wholeRegion: wholeRegion)
    }

    mutating func credential() -> Credential? {
        switch (text("sha256"), text("certificateSubject")) {
        case (let hex?, nil):
            guard let hash = [UInt8](hexText: hex), hash.count == SHA256.hashBytes else {
                fault("has a sha256 that is not 64 hexadecimal digits in lower case")
                return nil
            }
            return .tokenHash(hash)
        case (nil, let subject?):
            return .certificateSubject(subject)
        default:
            fault("needs either sha256 or certificateSubject")
            return nil
        }
    }

    private mutating func texts(_ name: String) -> Set<String> {
        guard let value = members[name] else { return [] }
        guard let list = value as? [String], !list.contains("") else {
            fault("has \(name) that are not a list of texts")
            return []
        }
        return Set(list)
    }
}
