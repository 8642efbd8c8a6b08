"""What the API answers: its description in OpenAPI as a page, made here, as nothing is fetched from elsewhere."""

from typing import Any

from fastapi import APIRouter, Request, Response

from vacatur.service.pages.rendering import page

router = APIRouter()


@router.get("/docs")
def api_docs(request: Request) -> Response:
    """Every operation by its group, with what it takes."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in request.app.openapi()["paths"].items():
        for method, operation in operations.items():
            groups.setdefault(operation.get("tags", ["other"])[0], []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "what": operation.get("description") or operation.get("summary", ""),
                    "takes": [item["name"] for item in operation.get("parameters", []) if item["in"] == "query"],
                    "body": next(iter(operation.get("requestBody", {}).get("content", {})), None),
                }
            )
    return page(request, "api_docs.html", groups=groups)
