import Foundation
import Testing

@testable import FHIR

@Suite("Primitive types have the grammar of FHIR R4")
struct PrimitiveTypeTests {
    @Test("dates are years, months or days of the calendar")
    func dates() {
        for text in ["2026", "2026-11", "2026-11-24", "2024-02-29", "2000-02-29", "2026-12-31"] {
            #expect(FHIRDate(text) != nil, "\(text)")
        }
        for text in [
            "", "26", "0000", "2026-13", "2026-00", "2026-02-29", "1900-02-29", "2026-04-31", "2026-1-1", "20261124",
            "2026-11-24Z", "2026-11-24T", " 2026", "2026-11-32", "２０２６",
        ] {
            #expect(FHIRDate(text) == nil, "\(text)")
        }
    }

    @Test("a time with a date has seconds and a zone")
    func dateTimes() {
        for text in [
            "2026", "2026-11-24", "2026-11-24T09:30:00Z", "2026-11-24T09:30:00+01:00", "2026-11-24T09:30:00.123-14:00",
            "2026-11-24T23:59:59.123456789Z",
        ] {
            #expect(FHIRDateTime(text) != nil, "\(text)")
        }
        for text in [
            "2026-11-24T09:30", "2026-11-24T09:30:00", "2026-11-24T09:30Z", "2026-11-24T24:00:00Z",
            "2026-11-24T09:60:00Z", "2026-11-24T09:30:00+14:01", "2026-11-24T09:30:00+1:00", "2026-11-24 09:30:00Z",
            "2026-02-30T09:30:00Z", "2026-11-24T09:30:00.Z", "2026-11-24T09:30:00z", "2026-11-24T09:30:00Zz",
            "2026-11-24T+09:30:00", "2026-11-24T09:30:00+01:60",
        ] {
            #expect(FHIRDateTime(text) == nil, "\(text)")
        }
    }

    @Test("the instant of a time is the same in every zone")
    func instants() {
        #expect(FHIRDateTime("2026-11-24T09:30:00+01:00")?.instant == FHIRDateTime("2026-11-24T08:30:00Z")?.instant)
        #expect(FHIRDateTime("2026-11-24T08:30:00.250Z")?.instant?.timeIntervalSince1970 == 1_795_509_000.25)
        #expect(FHIRDateTime("2026-11-24")?.instant == nil)
        #expect(FHIRInstant("2026-11-24") == nil)
    }

    @Test("times of day have seconds and no zone")
    func times() {
        for text in ["00:00:00", "23:59:59", "09:30:00.5"] { #expect(FHIRTime(text) != nil, "\(text)") }
        for text in ["24:00:00", "09:30", "9:30:00", "09:30:00Z", "09:30:00.", "09:30:60"] {
            #expect(FHIRTime(text) == nil, "\(text)")
        }
    }

    @Test("a canonical has a url and mostly a version")
    func canonicals() {
        #expect(Canonical("https://a/q|1.2") == Canonical(url: "https://a/q", version: "1.2"))
        #expect(Canonical("https://a/q").version == nil)
        #expect(Canonical("https://a/q|1|2").version == "1|2")
        #expect(Canonical("https://a/q|1.2").description == "https://a/q|1.2")
    }

    @Test("a reference tells its target by its address")
    func references() {
        func target(_ text: String) -> String? {
            Reference(reference: text).target.map { "\($0.type) \($0.id)" }
        }
        #expect(target("Patient/1") == "Patient 1")
        #expect(target("Patient/1/_history/2") == "Patient 1")
        #expect(target("https://fhir.example.org/base/Patient/1") == "Patient 1")
        #expect(target("https://fhir.example.org/base/Patient/1/_history/2") == "Patient 1")
        for text in ["", "/", "Patient", "Patient/", "patient/1", "a/Patient/1", "Patient/å", "urn:uuid:1", "//"] {
            #expect(target(text) == nil, "\(text)")
        }
    }
}
