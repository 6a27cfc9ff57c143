"""Signing in and out, own account, first page; people and their rights."""

from __future__ import annotations

from django.urls import path

from jixiao.web.accounts import own_views, people_views, token_views, views

urlpatterns = [
    path("login", views.sign_in, name="login"),
    path("login/code", views.code, name="login-code"),
    path("logout", views.sign_out, name="logout"),
    path("account/", own_views.account, name="account"),
    path("account/password", views.password, name="password"),
    path("account/second-factor", own_views.second_factor, name="second-factor"),
    path("account/delegate", own_views.delegate_page, name="delegate"),
    path("account/delegations/<int:key>/end", own_views.end_delegation_page, name="delegation-end"),
    path("account/tokens", token_views.tokens, name="tokens"),
    path("account/tokens/<int:key>/revoke", token_views.revoke, name="token-revoke"),
    path("people/", people_views.people_page, name="people"),
    path("people/new", people_views.new_person, name="person-new"),
    path("people/first-passwords", people_views.first_passwords, name="first-passwords"),
    path("people/<int:key>/", people_views.person_page, name="person"),
    path("people/<int:key>/edit", people_views.edit, name="person-edit"),
    path("people/<int:key>/password", people_views.reset, name="person-reset"),
    path("people/<int:key>/unlock", people_views.unlock_page, name="person-unlock"),
    path("people/<int:key>/leave", people_views.leave_page, name="person-leave"),
    path("people/<int:key>/restore", people_views.restore_page, name="person-restore"),
    path("people/<int:key>/second-factor", people_views.cancel_factor, name="person-factor"),
    path("people/<int:key>/grant", people_views.grant_page, name="person-grant"),
    path("people/<int:key>/staff", people_views.staff, name="person-staff"),
    path("people/rights/<int:key>/withdraw", people_views.withdraw_page, name="right-withdraw"),
    path("people/clerks/<int:key>/withdraw", people_views.withdraw_clerk_page, name="clerk-withdraw"),
]
