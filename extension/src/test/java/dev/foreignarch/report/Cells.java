package dev.foreignarch.report;

import dev.foreignarch.arch.Architecture;
import java.time.Duration;
import java.util.List;

/** Results, made up for tests of the table. */
final class Cells {

    private Cells() {}

    static CellResult passed(String test, Architecture architecture, long millis) {
        return cell(test, architecture, Outcome.PASSED, millis, "");
    }

    static CellResult failed(String test, Architecture architecture, long millis) {
        return cell(
                test,
                architecture,
                Outcome.FAILED,
                millis,
                "org.opentest4j.AssertionFailedError: expected: <big> but was: <little>\n\tat example.CodecTests");
    }

    static CellResult skipped(String test, Architecture architecture, String reason) {
        return cell(test, architecture, Outcome.SKIPPED, 0, reason);
    }

    static CellResult cell(String test, Architecture architecture, Outcome outcome, long millis, String reason) {
        int dot = test.indexOf('.');
        return new CellResult(
                "app",
                new CellAddress(
                        test + " on " + architecture,
                        test,
                        "example." + test.substring(0, dot),
                        test.substring(dot + 1),
                        false,
                        architecture),
                architecture == Architecture.AMD64 ? "native" : "emulated by QEMU 7.2",
                outcome,
                Duration.ofMillis(millis),
                reason,
                List.of("platform: " + architecture.platform()),
                List.of(),
                List.of());
    }

    /** Return a class that failed as a whole, or was skipped or passed. */
    static CellResult whole(String type, Architecture architecture, String id, Outcome outcome) {
        CellResult cell = cell(type + ".whole", architecture, outcome, 0, "");
        return at(
                cell,
                new CellAddress(id, id, cell.address().type(), "(the class as a whole)", true, architecture),
                cell.verdict());
    }

    /** Return another test of the same name. */
    static CellResult namesake(CellResult cell, String row) {
        CellAddress address = cell.address();
        return at(
                cell,
                new CellAddress(
                        row + " on " + address.architecture(),
                        row,
                        address.type(),
                        address.test(),
                        address.whole(),
                        address.architecture()),
                cell.verdict());
    }

    static CellResult by(String verdict, CellResult cell) {
        return at(cell, cell.address(), verdict);
    }

    private static CellResult at(CellResult cell, CellAddress address, String verdict) {
        return new CellResult(
                cell.module(),
                address,
                verdict,
                cell.outcome(),
                cell.duration(),
                cell.reason(),
                cell.facts(),
                cell.marks(),
                cell.attachments());
    }

    static CellResult ofModule(String module, CellResult cell) {
        return new CellResult(
                module,
                cell.address(),
                cell.verdict(),
                cell.outcome(),
                cell.duration(),
                cell.reason(),
                cell.facts(),
                cell.marks(),
                cell.attachments());
    }

    static CellResult with(CellResult cell, List<Attachment> attachments) {
        return new CellResult(
                cell.module(),
                cell.address(),
                cell.verdict(),
                cell.outcome(),
                cell.duration(),
                cell.reason(),
                cell.facts(),
                cell.marks(),
                attachments);
    }

    static CellResult marked(CellResult cell, String... marks) {
        return new CellResult(
                cell.module(),
                cell.address(),
                cell.verdict(),
                cell.outcome(),
                cell.duration(),
                cell.reason(),
                cell.facts(),
                List.of(marks),
                cell.attachments());
    }
}
