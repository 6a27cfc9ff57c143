"""One address: POST /write/<number> answers when it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from jixiao.web.kernel.people import system
from jixiao.web.urls import urlpatterns as workspace
from web.killing.services import write


@csrf_exempt
def written(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse("now" if write(system("写"), number=number) else "before")


urlpatterns = [path("write/<int:number>", written), *workspace]
