package dev.rolewright.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.model.Reason;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.web.api.TargetView.NoteView;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A plan as people read it, with each step also as a machine reads it.
record PlanView(String target, List<LineView> lines, List<NoteView> notes) {

    /// How a plan is asked for as text; who does not say what they want gets JSON.
    static final String AS_TEXT = "text/plain;qs=0.5";

    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset(StandardCharsets.UTF_8.name());

    /// An answer that does not tell how much we like to give it.
    static Response text(String plan) {
        return Response.ok(plan, TEXT).build();
    }

    /// @param sign `+`, `~` or `-`
    /// @param because the reasons, one sentence each
    /// @param step the step as it is kept and performed
    record LineView(String sign, String text, List<String> because, JsonNode step) {

        static LineView of(Line line) {
            return new LineView(
                    String.valueOf(line.step().sign().mark()),
                    line.step().label(),
                    line.reasons().stream().map(Reason::sentence).toList(),
                    PlanJson.write(line.step()));
        }
    }

    /// A step in one line.
    static String line(Step step) {
        return step.sign().mark() + " " + step.label();
    }

    static PlanView of(Plan plan) {
        return new PlanView(
                plan.target().value(),
                plan.lines().stream().map(LineView::of).toList(),
                plan.notes().stream().map(NoteView::of).toList());
    }
}
