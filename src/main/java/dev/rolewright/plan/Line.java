package dev.rolewright.plan;

import dev.rolewright.model.Reason;
import java.util.List;

/// One step of a plan, and why it is there.
public record Line(Step step, List<Reason> reasons) {

    public Line {
        reasons = List.copyOf(reasons);
    }
}
