internal import Events

/// The rules about what surrounds a definition: code, version, languages, validity, re-scoring.
enum PublicationCheck {
    static func faults(of published: InstrumentPublished) -> [InstrumentFault] {
        var faults: [InstrumentFault] = []
        func fault(_ rule: InstrumentFault.Rule, _ place: String, _ text: String) {
            faults.append(InstrumentFault(rule, at: place, text))
        }
        if !CodeForm.isCode(published.instrument.code) { fault(.formWrong, "/instrument/code", CodeForm.text) }
        if !CodeForm.isVersion(published.instrument.version) {
            fault(.formWrong, "/instrument/version", versionText)
        }
        if published.languages.isEmpty { fault(.languageMissing, "/languages", "needs at least one language") }
        if published.languages.count > InstrumentLimits.languagesMax {
            fault(.tooMany, "/languages", "has more than \(InstrumentLimits.languagesMax)")
        }
        for (index, language) in published.languages.enumerated() {
            if !CodeForm.isLanguage(language) {
                fault(.formWrong, "/languages/\(index)", "must be a tag as sv or ar-SY")
            }
            if published.languages[..<index].contains(language) {
                fault(.twice, "/languages/\(index)", "the language \(language) stands earlier")
            }
        }
        if let validTo = published.validTo, validTo < published.validFrom {
            fault(.outOfBounds, "/validTo", "must not be before validFrom")
        }
        if let rescores = published.rescores {
            if !CodeForm.isVersion(rescores.version) { fault(.formWrong, "/rescores/version", versionText) }
            if rescores.version == published.instrument.version {
                fault(.notTaken, "/rescores/version", "a version scores an earlier one again, not itself")
            }
        }
        return faults
    }

    private static let versionText = "must be a version: letters, digits, dots and hyphens, at most 32"
}
