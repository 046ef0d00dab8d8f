internal import Events
internal import HTTPServer

/// Which recipients a municipality's caller may act for.
///
/// A family therapist and a social worker are never stand-ins for each other (DESIGN 4.6); a manager acts for every
/// function of her municipality. A scope of the whole region gives nothing here.
enum MunicipalRights {
    static let roles: Set<Role> = [.familyTherapist, .socialWorker, .municipalManager]

    static func mayActFor(_ kind: RecipientKind, in municipality: String, _ caller: Caller) -> Bool {
        guard caller.scope.municipalities.contains(municipality) else { return false }
        return switch caller.role {
        case .familyTherapist: kind == .familyTherapist
        case .socialWorker: kind == .socialWorker
        case .municipalManager: true
        default: false
        }
    }
}
