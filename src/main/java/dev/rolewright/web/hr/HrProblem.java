package dev.rolewright.web.hr;

import dev.rolewright.model.PersonId;
import java.util.List;

/// Why something that an HR system sent is not taken: a status, and a sentence that says what to do about it.
final class HrProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<PersonId> candidates;

    HrProblem(int status, String sentence, List<PersonId> candidates) {
        super(sentence, null, false, false);
        this.status = status;
        this.candidates = List.copyOf(candidates);
    }

    HrProblem(int status, String sentence) {
        this(status, sentence, List.of());
    }

    static HrProblem invalid(String sentence) {
        return new HrProblem(400, sentence);
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /// Who might have been meant.
    List<PersonId> candidates() {
        return candidates;
    }
}
