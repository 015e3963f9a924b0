package dev.rolewright.web.api;

/// A request that cannot be granted: a status, and a sentence that says what to do about it.
final class ApiProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ApiProblem(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static ApiProblem invalid(String sentence) {
        return new ApiProblem(400, sentence);
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
