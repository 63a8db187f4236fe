/* Every page of the service; the router's table says where each is. */
#pragma once

#include "examples/api/call.h"

/* account_pages.c */
page login_page;
page basic_auth_page;
page bearer_page;
bool is_logged_in(const struct call *call);

/* todo_pages.c */
page list_todos_page;
page create_todo_page;
page read_todo_page;
page replace_todo_page;
page change_todo_page;
page delete_todo_page;

/* echo_pages.c */
page headers_page;
page anything_page;

/* cookie_pages.c */
page cookies_page;
page set_cookies_page;
page delete_cookies_page;

/* redirect_pages.c */
page redirect_page;
page redirect_to_page;

/* stream_pages.c */
page bytes_page;
page stream_page;
page sse_page;

/* document_pages.c */
page json_page;
page xml_page;
page html_page;
page uuid_page;
page gzip_page;

/* behaviour_pages.c */
page delay_page;
page status_page;
page flaky_page;

/* upkeep_pages.c */
page health_page;
page metrics_page;
page reset_metrics_page;
page reset_page;
