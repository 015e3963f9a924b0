package dev.rolewright.web;

/// What is wrong about a parameter, in a sentence for whoever gave it.
public final class ParameterProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ParameterProblem(String sentence) {
        super(sentence, null, false, false);
    }
}
