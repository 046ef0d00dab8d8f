internal import Cryptography
internal import Events
internal import Foundation

/// One municipality of the file while it is read.
struct MunicipalityReading {
    let municipality: String
    private let place: String
    private let version: String
    private let signpostUrl: String?
    private let entries: [(place: String, members: [String: Any])]
    private let functions: [(place: String, members: [String: Any])]

    init(_ members: [String: Any], at place: String, in faults: inout FileFaults) {
        var object = FileObject(members, at: place, in: &faults)
        self.place = place
        municipality = object.text("municipality", &faults)
        if municipality.utf8.count != 4 || Int(municipality) == nil {
            faults.add("must be Statistics Sweden's code of four digits", at: place + "/municipality")
        }
        // For whoever reads the file; goes nowhere.
        _ = object.text("name", &faults)
        version = object.text("version", &faults)
        signpostUrl = object.optionalText("signpostUrl", &faults)
        if let signpostUrl, !signpostUrl.hasPrefix("https://") {
            faults.add("must be an https address", at: place + "/signpostUrl")
        }
        entries = object.objects("entries", &faults)
        functions = object.objects("recipients", &faults)
        object.end(&faults)
    }

    /// The contact list; nil when a part of it has a fault.
    mutating func list(_ faults: inout FileFaults) -> ContactListPublished? {
        var read: [ContactListEntry] = []
        for (place, members) in entries {
            guard let entry = FileObject.decode(members, as: ContactListEntry.self, at: place, &faults) else {
                continue
            }
            check(entry, at: place, &faults)
            if read.contains(where: { $0.id == entry.id }) { faults.add("stands twice", at: place + "/id") }
            read.append(entry)
        }
        let list = ContactListPublished(
            municipality: municipality, version: version, sha256: Self.hash(of: read), entries: read,
            signpostUrl: signpostUrl)
        if Self.bytes(of: list) > Self.eventBytesMax { faults.add("is larger than an event may be", at: place) }
        return list
    }

    /// The functions, each with its place.
    func recipients(_ faults: inout FileFaults) -> [(recipient: RecipientChanged, place: String)] {
        functions.compactMap { place, members in
            var members = members
            if members["municipality"] != nil { faults.add("stands above already", at: place + "/municipality") }
            members["municipality"] = municipality
            return FileObject.decode(members, as: RecipientChanged.self, at: place, &faults).map { ($0, place) }
        }
    }

    /// A little room is left for the common members.
    private static let eventBytesMax = Catalogue.contract(for: .contactLists).recordBytesMax - 1024

    private func check(_ entry: ContactListEntry, at place: String, _ faults: inout FileFaults) {
        for (name, text) in [
            ("id", entry.id), ("name", entry.name), ("service", entry.service), ("howToReach", entry.howToReach),
        ] where text.isEmpty {
            faults.add("must not be empty", at: "\(place)/\(name)")
        }
        if !entry.kind.isKnown { faults.add("must be one of \(codes(ResourceKind.self))", at: place + "/kind") }
        if !entry.factors.allSatisfy(\.isKnown) {
            faults.add("must be of \(codes(RiskFactor.self))", at: place + "/factors")
        }
        if let ages = entry.ages, ages.fromMonths > ages.toMonths || ages.fromMonths < 0 {
            faults.add("must begin before it ends", at: place + "/ages")
        }
        if let capacity = entry.capacity, !capacity.isKnown {
            faults.add("must be one of \(codes(ResourceCapacity.self))", at: place + "/capacity")
        }
        if let role = entry.assurerRole, !role.isKnown {
            faults.add("must be one of \(codes(ActorRole.self))", at: place + "/assurerRole")
        }
    }

    private func codes<Code: OpenCode>(_ type: Code.Type) -> String {
        type.known.map(\.rawValue).joined(separator: ", ")
    }

    private static func hash(of entries: [ContactListEntry]) -> String {
        SHA256.hash(Array(canonical(entries))).hexText
    }

    private static func bytes(of list: ContactListPublished) -> Int { canonical(list).count }

    private static func canonical(_ value: some Encodable) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(value)
        } catch {
            preconditionFailure("texts, numbers and arrays of them can always be encoded")
        }
    }
}
