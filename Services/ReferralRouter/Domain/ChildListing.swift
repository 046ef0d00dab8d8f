internal import Events

/// What the router knows of a child: the month of birth, and whether the family is protected.
struct ListingTerms: RunForming {
    let birthMonth: CalendarMonth
    let restricted: Bool

    func continues(_ earlier: ListingTerms) -> Bool { restricted == earlier.restricted }
}

/// Everything that was said of one child's listing on `children`.
struct ChildListing: Sendable, Equatable {
    let child: ChildID
    var listed = Revisions<ListingTerms>()
}
