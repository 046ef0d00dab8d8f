/// What isn't about families and is shown as it is (DESIGN rule 11): units, functions, lists.
struct Resources: Sendable, Equatable {
    let units: [ListedUnit]
    let recipients: [RecipientCount]
    /// Entries of the contact list, by municipality.
    let contactLists: [String: Int]
}

/// A unit in a release.
struct ListedUnit: Sendable, Equatable {
    let unit: String
    let name: String
    let municipality: String
    let phase: String
    /// As precisely as it is known.
    let goLive: String?
    let isLive: Bool
}

/// Functions of one kind in one municipality.
struct RecipientCount: Sendable, Equatable {
    let municipality: String
    let kind: String
    let functions: Int
    let staff: Int
}
