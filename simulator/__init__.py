"""densai-sandbox: a training bank for the manual 初期設定編（ID・パスワード方式）. It begins in app.py."""
