package dev.rolewright.reach;

import dev.rolewright.engine.EngineFailure;
import java.util.Optional;

/// A target that could not be asked just now.
public final class TargetAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String sentence;
    private final transient Optional<String> remedy;

    public TargetAway(EngineFailure failure) {
        super(failure.sentence(), failure);
        this.kind = failure.kind().name();
        this.sentence = failure.sentence();
        this.remedy = failure.remedy();
    }

    public String kind() {
        return kind;
    }

    /// For people, without secrets.
    public String sentence() {
        return sentence;
    }

    /// A statement that an administrator could run.
    public Optional<String> remedy() {
        return remedy;
    }
}
