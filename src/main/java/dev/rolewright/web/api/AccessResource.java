package dev.rolewright.web.api;

import dev.rolewright.audit.AuditEntry;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.reconcile.answer.AccessExplanation;
import dev.rolewright.reconcile.answer.AccessExplanation.EarnedRole;
import dev.rolewright.reconcile.answer.AccessExplanation.Held;
import dev.rolewright.reconcile.answer.AccessExplanation.OnTarget;
import dev.rolewright.reconcile.answer.AccessExplanations;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.api.TargetsResource.LoginView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api/people/{person}/access")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Access", description = "Who may do what, and why")
class AccessResource {

    private final AccessExplanations explanations;

    AccessResource(AccessExplanations explanations) {
        this.explanations = explanations;
    }

    /// @param inDirectory whether the directory knows the person
    /// @param contract number of the version that holds
    /// @param requests what the identity provider said of the person and of the groups that count, and by which
    /// requests something was taken last, newest first
    record AccessView(
            String person,
            boolean inDirectory,
            long contract,
            List<TargetAccessView> targets,
            List<AuditEntry> requests) {

        static AccessView of(AccessExplanation access) {
            return new AccessView(
                    access.person().toString(),
                    access.inDirectory(),
                    access.contract(),
                    access.targets().stream().map(TargetAccessView::of).toList(),
                    access.requests());
        }
    }

    /// @param login what is known of the login there; null when there never was one
    /// @param wanted what it is to be called; null when the person is to have none
    /// @param unmet why the person does not get what it earns there: roles are kept apart, or no name is left
    /// @param ended why the person is to have nothing there
    /// @param leftAsFound why the login may differ from all this: the target knows more than the store; null when
    /// not
    record TargetAccessView(
            String target,
            @Nullable LoginView login,
            @Nullable String wanted,
            List<RoleAccessView> roles,
            List<String> unmet,
            List<String> ended,
            @Nullable String leftAsFound) {

        static TargetAccessView of(OnTarget target) {
            return new TargetAccessView(
                    target.target().value(),
                    target.login().map(LoginView::of).orElse(null),
                    target.wanted().map(LoginName::value).orElse(null),
                    target.roles().stream().map(RoleAccessView::of).toList(),
                    sentences(target.unmet()),
                    sentences(target.ended()),
                    target.left().orElse(null));
        }
    }

    /// @param because in which ways it is earned: group, mapping, contract
    /// @param gives what it allows, itself and by the roles that it includes
    record RoleAccessView(String role, List<String> because, List<GivenView> gives) {

        static RoleAccessView of(EarnedRole earned) {
            return new RoleAccessView(
                    earned.role().value(),
                    sentences(earned.why()),
                    earned.privileges().stream().map(GivenView::of).toList());
        }
    }

    /// @param by the earned role or one that it includes
    /// @param future privileges on what will be made later
    /// @param rows which rows of a table it gives; of other tables it gives all
    record GivenView(String by, List<String> privileges, List<String> future, List<String> rows) {

        static GivenView of(Held held) {
            return new GivenView(
                    held.by().value(),
                    held.grants().stream().map(Grant::label).toList(),
                    held.future().stream().map(DefaultGrant::label).toList(),
                    held.rows().stream().map(RowPolicy::label).toList());
        }
    }

    @GET
    @Operation(
            summary = "Explains somebody's access: from the identity provider's request to the exact privileges",
            description = "`person` is the SCIM id. Everything is derived anew from the directory and the contract;"
                    + " `login` is what the last pass found: one that is `HELD` still has what it had, until"
                    + " somebody decides. `requests` are what was said of the person and of the groups that count,"
                    + " and what took something away last.")
    public AccessView explain(@PathParam("person") String person) {
        return Parameters.person(person)
                .flatMap(explanations::of)
                .map(AccessView::of)
                .orElseThrow(() -> new ApiProblem(
                        404, "No contract holds yet, or neither the directory nor any target knows such a person."));
    }

    private static List<String> sentences(List<Reason> reasons) {
        return reasons.stream().map(Reason::sentence).toList();
    }
}
