package dev.rolewright.web.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;

/// What the published API document says besides its operations: that each of them needs a token, what may be
/// null, and how it refuses.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

    private static final String TOKEN = "token";

    private final IndexView classes;

    /// @param classes all classes of ours, as the build knows them
    public ApiDocument(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSecurityScheme(
                        TOKEN,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("Under /api the admin token, or an OIDC token with a role;"
                                        + " under /scim a token of the source, under /hr one of the HR system."));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        new DocumentSchemas(classes).mend(document.getComponents());
        DocumentProblems.declare(document);
    }
}
